"""The model: Keras layers, the joint model, the perturbation."""

from multihead_at.model.joint_model import JointModel
from multihead_at.model.model_sizes import ModelSizes
from multihead_at.model.optimizers import LearningRate, learning_rate, make_optimizer

__all__ = ["JointModel", "LearningRate", "ModelSizes", "learning_rate", "make_optimizer"]
