/** Tests of what every service has. */
package io.synthray.service;
