/** What a question came to, written for eyes and for programs. */
@Internal
package org.sysretreplay.analytics.report;

import org.sysretreplay.emulator.Internal;
