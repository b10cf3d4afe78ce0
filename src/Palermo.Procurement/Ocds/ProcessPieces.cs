using System.Buffers;
using System.Text.Json;
using Palermo.Procurement.Framing;
using Palermo.Procurement.Merging;

namespace Palermo.Procurement.Ocds;

/// <summary>Everything found of one process: its releases, and what its publisher compiled of them.</summary>
internal sealed class ProcessPieces : IDisposable
{
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = JsonMending.MaxDepth };
    private static readonly JsonDocumentOptions s_lenient = new() { MaxDepth = JsonMending.MaxDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private readonly List<JsonDocument> _documents = [];

    public List<JsonElement> Releases { get; } = [];

    public List<JsonElement> Compiled { get; } = [];

    public JsonElement? Versioned { get; private set; }

    public int Linked { get; private set; }

    /// <summary>Ocids of releases that stand within a record of another ocid.</summary>
    public List<string> Strangers { get; } = [];

    public string Ocid { get; private set; } = "";

    private string _version = "";
    private bool _hasParties;

    /// <summary>OCDS 1.1 unless the package says 1.0, or says nothing and no release has the <c>parties</c> that 1.1 brought.</summary>
    public MergeRules Rules => _version == "1.0" || (_version.Length == 0 && !_hasParties && Releases.Count > 0) ? MergeRules.Ocds10 : MergeRules.Ocds11;

    /// <exception cref="JsonException">The JSON is broken.</exception>
    public void Add(ReadOnlyMemory<byte> json, Unit unit) => Add(JsonDocument.Parse(json, s_strict), unit);

    /// <summary>Adds JSON with the usual slips. It is written anew, since its bytes are copied into what is merged.</summary>
    /// <exception cref="JsonException">The JSON is broken beyond that.</exception>
    public void AddMended(ReadOnlyMemory<byte> json, Unit unit)
    {
        var clean = new ArrayBufferWriter<byte>(json.Length);
        using (var slipped = JsonDocument.Parse(json, s_lenient))
        using (var writer = new Utf8JsonWriter(clean, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonMending.MaxDepth }))
        {
            slipped.RootElement.WriteTo(writer);
        }

        Add(JsonDocument.Parse(clean.WrittenMemory, s_strict), unit);
    }

    private void Add(JsonDocument document, Unit unit)
    {
        _version = unit.Version.Length > 0 ? unit.Version : _version;
        _documents.Add(document);
        Add(document.RootElement);
    }

    public void Dispose() => _documents.ForEach(d => d.Dispose());

    /// <summary>Writes the compiled release. What the publisher compiled stands, with later releases merged onto it.</summary>
    /// <returns>False if the pieces hold no release at all.</returns>
    public bool Compile(bool preferReleases, MergeRules? rules, ArrayBufferWriter<byte> output, List<string> notes)
    {
        var compiled = Compiled.OrderByDescending(c => ReleaseMerger.Instant(ReleaseMerger.Text(c, "date"))).Cast<JsonElement?>().FirstOrDefault();
        if (Compiled.Count > 1)
        {
            notes.Add($"{Compiled.Count} compiled releases were found; the one of the latest date stands.");
        }

        if (Releases.Count > 0 && (compiled is null || preferReleases))
        {
            Merge(Releases, false, rules, output, notes);
        }
        else if (compiled is { } base_)
        {
            var date = ReleaseMerger.Instant(ReleaseMerger.Text(base_, "date"));
            var later = Releases.Where(r => ReleaseMerger.Instant(ReleaseMerger.Text(r, "date")) > date).ToList();
            if (later.Count == 0)
            {
                output.Write(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(base_));
            }
            else
            {
                notes.Add($"{later.Count} releases are later than the compiled release and were merged onto it.");
                Merge([base_, .. later], false, rules, output, notes);
            }
        }
        else if (Versioned is { } versioned)
        {
            ReleaseMerger.Compile(versioned, output);
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>Writes the versioned release. False if there are neither releases nor a versioned release.</summary>
    public bool Version(MergeRules? rules, ArrayBufferWriter<byte> output, List<string> notes)
    {
        if (Releases.Count > 0)
        {
            Merge(Releases, true, rules, output, notes);
        }
        else if (Versioned is { } versioned)
        {
            output.Write(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(versioned));
        }
        else
        {
            return false;
        }

        return true;
    }

    private void Merge(List<JsonElement> releases, bool versioned, MergeRules? rules, ArrayBufferWriter<byte> output, List<string> notes)
    {
        var merger = new ReleaseMerger(rules ?? Rules);
        merger.Merge(releases, versioned, output);
        notes.AddRange(merger.Notes);
    }

    private void Add(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        Name(element);
        var isRecord = false;
        if (element.TryGetProperty("compiledRelease"u8, out var compiled) && compiled.ValueKind == JsonValueKind.Object)
        {
            AddCompiled(compiled);
            isRecord = true;
        }

        if (element.TryGetProperty("versionedRelease"u8, out var versioned) && versioned.ValueKind == JsonValueKind.Object)
        {
            Name(versioned);
            Versioned ??= versioned;
            isRecord = true;
        }

        if (element.TryGetProperty("releases"u8, out var releases) && releases.ValueKind == JsonValueKind.Array)
        {
            isRecord = true;
            foreach (var release in releases.EnumerateArray())
            {
                if (release.ValueKind == JsonValueKind.Object && release.TryGetProperty("ocid"u8, out _))
                {
                    AddRelease(release);
                }
                else
                {
                    Linked++;
                }
            }
        }

        if (!isRecord)
        {
            AddRelease(element);
        }
    }

    private void AddCompiled(JsonElement compiled)
    {
        if (compiled.EnumerateObject().Any() && Belongs(compiled))
        {
            Compiled.Add(compiled);
        }
    }

    private bool Belongs(JsonElement release)
    {
        Name(release);
        var ocid = ReleaseMerger.Text(release, "ocid");
        if (ocid.Length > 0 && ocid != Ocid)
        {
            Strangers.Add(ocid);
            return false;
        }

        return true;
    }

    private void Name(JsonElement element) => Ocid = Ocid.Length > 0 ? Ocid : ReleaseMerger.Text(element, "ocid");

    private void AddRelease(JsonElement release)
    {
        if (!Belongs(release))
        {
            return;
        }

        _hasParties |= release.TryGetProperty("parties"u8, out _);
        if (release.EnumerateObject().Any(field => ReleaseMerger.IsVersions(field.Value) || (field.Value.ValueKind == JsonValueKind.Object && field.Value.EnumerateObject().Any(f => ReleaseMerger.IsVersions(f.Value)))))
        {
            Versioned ??= release;
        }
        else if (release.TryGetProperty("tag"u8, out var tag) && tag.ValueKind == JsonValueKind.Array && tag.EnumerateArray().Any(t => t.ValueKind == JsonValueKind.String && t.ValueEquals("compiled"u8)))
        {
            Compiled.Add(release);
        }
        else
        {
            Releases.Add(release);
        }
    }
}
