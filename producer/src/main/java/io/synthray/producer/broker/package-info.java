/** The platform as the command line meets it: is it there, is it set up, what do its topics hold. */
package io.synthray.producer.broker;
