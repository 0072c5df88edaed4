import { existsSync, readFileSync } from 'node:fs';

/** sysconf(_SC_CLK_TCK), which Linux has for every processor that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor time that a process has used so far, all its threads together, seconds; NaN where nobody tells. */
export function processorSecondsOf(processId: number): number {
	const file = `/proc/${processId}/stat`;
	if (!existsSync(file)) return NaN;
	// The second field is a name in brackets that may hold blanks (proc_pid_stat(5)): utime and stime are 14 and 15.
	const fields = readFileSync(file, 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
