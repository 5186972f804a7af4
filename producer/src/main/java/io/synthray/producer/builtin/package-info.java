/** Studies that come with Synthray. */
package io.synthray.producer.builtin;
