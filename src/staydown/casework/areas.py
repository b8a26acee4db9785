"""An area map as bytes, to be sealed beside the found picture it belongs to.

The map shows where a person's picture was altered, so it is as private as the picture.
"""

import struct
import zlib

import numpy as np

from staydown.engine.verdict import AREA_VALUES, AreaMap
from staydown.errors import SealBroken

_SIZE = struct.Struct(">II")


def pack_areas(areas: AreaMap) -> bytes:
    """Height and width, big-endian, then the compressed values row by row."""
    height, width = areas.shape
    return _SIZE.pack(height, width) + zlib.compress(areas.tobytes())


def unpack_areas(packed: bytes) -> AreaMap:
    """The map that `pack_areas` wrote. Raises SealBroken if it is not one."""
    try:
        height, width = _SIZE.unpack_from(packed)
        values = np.frombuffer(zlib.decompress(packed[_SIZE.size :]), dtype=np.uint8)
        areas = values.reshape(height, width)
    except (struct.error, zlib.error, ValueError) as error:
        raise SealBroken("not an area map") from error
    if areas.size and areas.max() > max(AREA_VALUES.values()):
        raise SealBroken("not an area map: unknown values")
    return areas
