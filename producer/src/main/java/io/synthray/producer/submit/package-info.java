/** Publishes a planned study: every request once, however often submit is killed, repeated or run twice at once. */
package io.synthray.producer.submit;
