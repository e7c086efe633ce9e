//! 46 (the picture).
