namespace Palermo.Storage.Operating;

/// <summary>What is wrong with a store or a backup, and how to mend it.</summary>
public sealed class StoreException(string message) : Exception(message);
