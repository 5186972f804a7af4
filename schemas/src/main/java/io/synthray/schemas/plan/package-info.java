/** What a plan may say, for whoever writes one and whoever reads one from elsewhere. */
package io.synthray.schemas.plan;
