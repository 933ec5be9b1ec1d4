//! Instance metadata. To be asked for role credentials, the region, or any path.
