/** A study's progress as its topics tell it, shown while it happens. */
package io.synthray.producer.watch;
