/** Who and what answers at the PBX's internal numbers. */
export interface NumberDirectory {
	extensions: ReadonlyMap<string, DirectoryExtension>;
	queues: ReadonlyMap<string, DirectoryEntry>;
	ringGroups: ReadonlyMap<string, DirectoryEntry>;
	ivrs: ReadonlyMap<string, DirectoryEntry>;
}

export interface DirectoryEntry {
	name: string | null;
}

export interface DirectoryExtension extends DirectoryEntry {
	email: string | null;
}

export const EMPTY_DIRECTORY: NumberDirectory = {
	extensions: new Map(),
	queues: new Map(),
	ringGroups: new Map(),
	ivrs: new Map(),
};
