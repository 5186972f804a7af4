/** Reading of files that others have made: no path leads out of a folder, and no small file unpacks into a huge one. */
package io.synthray.imaging.file;
