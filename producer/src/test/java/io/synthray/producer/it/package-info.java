/** The packaged command line against a real broker and a real registry. */
package io.synthray.producer.it;
