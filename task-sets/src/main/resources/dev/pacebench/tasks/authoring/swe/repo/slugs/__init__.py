from .slug import Slugs, slug

__all__ = ["Slugs", "slug"]
