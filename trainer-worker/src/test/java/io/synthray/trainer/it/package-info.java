/** The packaged worker against a real broker and a real registry. */
package io.synthray.trainer.it;
