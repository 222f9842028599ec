"""Speed and memory of the product against a plain Keras model."""
