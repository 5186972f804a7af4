/** What a trial trains and is tested on: real cases of a data set, synthetic images of a frozen manifest. */
package io.synthray.trainer.data;
