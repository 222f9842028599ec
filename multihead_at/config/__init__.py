"""The settings of a run: one frozen, validated `Config`, and the original's configuration files."""

from __future__ import annotations

from multihead_at.config.config import LATER_SETTINGS, MACHINE_SETTINGS, ORIGINAL_SETTINGS, Config
from multihead_at.config.configuration_file import read_configuration_file
from multihead_at.config.nearest_name import nearest_name
from multihead_at.config.read_number import read_number
from multihead_at.config.setting_check import check_setting

__all__ = [
    "LATER_SETTINGS",
    "MACHINE_SETTINGS",
    "ORIGINAL_SETTINGS",
    "Config",
    "check_setting",
    "nearest_name",
    "read_configuration_file",
    "read_number",
]
