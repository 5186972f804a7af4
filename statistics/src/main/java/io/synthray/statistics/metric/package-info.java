/**
 * Metrics of classifiers and segmenters. Scores are arrays with one number a case, truths arrays of the same length; masks are row-major
 * arrays with one flag a pixel.
 */
package io.synthray.statistics.metric;
