/** What a plan asks of its trials. */
package io.synthray.schemas.trial;
