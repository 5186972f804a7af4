/** What a data set is, for people: counts, problems, and a sheet of its pictures. */
package io.synthray.imaging.describe;
