"""The demo's photographs: an allowlist from packages that ship some. No person is on any of them.

They are installed with scikit-image and scikit-learn and opened like anybody's pictures; none is
committed.
"""

from importlib.resources import files

from staydown.engine.pictures import Picture, open_picture

ALLOWED = {
    "cat": ("skimage.data", "chelsea.png"),
    "coffee": ("skimage.data", "coffee.png"),
    "rocket": ("skimage.data", "rocket.jpg"),
    "bricks": ("skimage.data", "brick.png"),
    "gravel": ("skimage.data", "gravel.png"),
    "grass": ("skimage.data", "grass.png"),
    "coins": ("skimage.data", "coins.png"),
    "moon": ("skimage.data", "moon.png"),
    "galaxies": ("skimage.data", "hubble_deep_field.jpg"),
    "motorcycle": ("skimage.data", "motorcycle_left.png"),
    "motorcycle, a step aside": ("skimage.data", "motorcycle_right.png"),
    "temple": ("sklearn.datasets.images", "china.jpg"),
    "flower": ("sklearn.datasets.images", "flower.jpg"),
}
"""What we call a photograph: the package that ships it, and its file."""


def photograph(name: str) -> Picture:
    """One of the photographs of ALLOWED."""
    package, file = ALLOWED[name]
    return open_picture(files(package).joinpath(file).read_bytes())
