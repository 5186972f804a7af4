/** A Java agent that ends a JVM when whoever started it is gone. */
package io.synthray.local.leash;
