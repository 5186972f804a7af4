/** Tests of the commands as a user gives them. */
package io.synthray.local.cli;
