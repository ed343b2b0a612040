/** The largest page that AWS gives. */
const PAGE = 500;

/**
 * Gathers the items of all pages. The SDK's paginators know neither authorizers nor gateway responses, and would send
 * requests past the pace.
 */
export async function allPages<Item>(
  get: (page: { limit: number; position: string | undefined }) => Promise<{
    readonly items?: Item[] | undefined;
    readonly position?: string | undefined;
  }>,
  onCount: (count: number) => void = () => {},
): Promise<Item[]> {
  const all: Item[] = [];
  let position: string | undefined;
  do {
    const page = await get({ limit: PAGE, position });
    for (const item of page.items ?? []) all.push(item);
    position = page.position;
    onCount(all.length);
  } while (position !== undefined);
  return all;
}
