/** Deterministic identifiers and digests: equal plans give equal ids. */
package io.synthray.schemas.id;
