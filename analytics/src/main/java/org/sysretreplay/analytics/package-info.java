/**
 * Replay and statistics. A {@link org.sysretreplay.analytics.Question} is put to frames, one after
 * the other or on Spark, and both ways add up the same {@link
 * org.sysretreplay.analytics.TallyTable}.
 */
@Internal
package org.sysretreplay.analytics;

import org.sysretreplay.emulator.Internal;
