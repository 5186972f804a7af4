/** What every service has: settings of its surroundings, checks before it takes work, start and end. */
package io.synthray.service;
