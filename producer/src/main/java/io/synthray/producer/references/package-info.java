/** Features of real images, which synthetic ones are held against. */
package io.synthray.producer.references;
