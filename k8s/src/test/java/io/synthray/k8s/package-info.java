/** Checks of the Kubernetes manifests, of docker-compose.yml and of the images' definitions, against models and against the code. */
package io.synthray.k8s;
