/** What a question came to, written for eyes and for programs. */
package org.sysretreplay.analytics.report;
