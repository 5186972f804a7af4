/** Label files: CSV as data sets distribute it, plain, in gzip or in zip, with line numbers for messages. */
package io.synthray.imaging.csv;
