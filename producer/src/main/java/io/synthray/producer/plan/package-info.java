/** From a study file to a plan, its identity, and the generation requests that follow from it. */
package io.synthray.producer.plan;
