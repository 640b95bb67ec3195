//! The journal's bytes: JSON lines, numbered and chained by SHA-256.
