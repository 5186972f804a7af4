/** The packaged service as a process, against a real broker and a real registry. */
package io.synthray.evaluator.service;
