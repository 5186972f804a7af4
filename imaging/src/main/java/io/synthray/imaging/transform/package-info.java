/** Random changes of geometry and brightness, for conditioning masks and for classical augmentation. */
package io.synthray.imaging.transform;
