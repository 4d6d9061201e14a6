/** Puts a function of ours in the place of a method of the script's objects, and back. */

// biome-ignore lint/suspicious/noExplicitAny: whatever the method takes is passed on.
type Method = (...args: any[]) => any;

/**
 * On this one object: others of its class stay as they are.
 * @param make gets the method as it was, bound to the object
 * @returns the function that puts it back
 */
export function replaceMethod<Key extends string, Of extends { [key in Key]: Method }>(
  object: Of,
  name: Key,
  make: (original: Of[Key]) => Of[Key],
): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name);
  const value = make(object[name].bind(object) as Of[Key]);
  // Not enumerable: the script may copy or print its objects.
  Object.defineProperty(object, name, { value, writable: true, configurable: true });
  return () => {
    if (before) Object.defineProperty(object, name, before);
    else Reflect.deleteProperty(object, name);
  };
}
