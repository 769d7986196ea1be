/**
 * HTTP for all features: request ids, headers of responses, problems, pages, conditions and entity
 * tags.
 */
package io.boxoffice.platform.http;
