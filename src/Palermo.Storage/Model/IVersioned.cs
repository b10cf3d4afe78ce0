namespace Palermo.Storage.Model;

/// <summary>Something that two people may change at once: the second is told, nothing is overwritten unseen. The version is the ETag of the API.</summary>
public interface IVersioned
{
    /// <summary>Counts changes, from 1.</summary>
    long Version { get; set; }
}

/// <summary>Something that is added and never changed or removed: triggers in the database refuse it.</summary>
public interface IAppendOnly;
