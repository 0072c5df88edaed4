/** One part of the benchmark: starts what it needs, measures, ends what it has started. */
export interface Measurement {
	/** On the command line: `npm run bench -- frames`. */
	name: string;
	/** What it measures and between whom, one sentence. */
	title: string;
	/** @param tell is told what is being done */
	run(tell: Tell): Promise<Measured>;
}

export type Tell = (progress: string) => void;

/** What was measured. Every number was read off a clock, a counter or the operating system in this run. */
export interface Measured {
	header: string[];
	rows: Array<Array<string | number>>;
	targets?: Target[];
	/** How to read the table, what was held still, and what the figures do not say. Markdown. */
	notes?: string[];
}

/** What a figure has to be, and what it was. */
export interface Target {
	what: string;
	wanted: string;
	measured: string;
	isMet: boolean;
}
