/** The whole system, on real parts. */
package io.synthray.it;
