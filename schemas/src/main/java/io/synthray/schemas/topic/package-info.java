/** The catalogue of topics and share groups, and what creates and checks them. */
package io.synthray.schemas.topic;
