/** Kafka's own server in a process of ours, with settings for one machine. */
package io.synthray.local.broker;
