import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** In MB (10^6 bytes), rounded; null where the operating system does not tell. */
export interface ProcessMemory {
	now: number | null;
	/** The most since the start, or since the last `forgetPeak`. */
	peak: number | null;
}

/** What Linux tells of a process (proc_pid_status(5): VmRSS, VmHWM). */
export function memoryOf(processId: number): ProcessMemory {
	const file = `/proc/${processId}/status`;
	const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
	const megabytes = (field: string) => {
		const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
		return kibibytes === undefined ? null : Math.round((Number(kibibytes) * 1_024) / 1_000_000);
	};
	return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

/** The peak counts anew from what the process has now (proc_pid_clear_refs(5)). */
export function forgetPeak(processId: number): void {
	const file = `/proc/${processId}/clear_refs`;
	if (existsSync(file)) writeFileSync(file, '5');
}
