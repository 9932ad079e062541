"""Life-cycle assessment reports for AI projects."""

__version__ = "0.1.0"
