"""The model: Keras layers, the joint model, the perturbation."""

from multihead_at.model.joint_model import JointModel
from multihead_at.model.model_sizes import ModelSizes
from multihead_at.model.optimizers import make_optimizer

__all__ = ["JointModel", "ModelSizes", "make_optimizer"]
