/** What came of a study: read from topics, as a table, as JSON, as a page with pictures. */
package io.synthray.producer.report;
