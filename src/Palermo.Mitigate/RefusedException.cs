namespace Palermo.Mitigate;

/// <summary>Something that may not be done as things stand. <see cref="Exception.Message"/> is a key of the words that say why: <c>plan.verify-own</c>.</summary>
public sealed class RefusedException(string key) : Exception(key);
