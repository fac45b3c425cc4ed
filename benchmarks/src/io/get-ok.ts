/** One request: resolves to 1 when the server has said "ok", else to 0. */
export async function getOk(url: string): Promise<number> {
  const response = await fetch(url);
  return (await response.text()) === "ok" ? 1 : 0;
}
