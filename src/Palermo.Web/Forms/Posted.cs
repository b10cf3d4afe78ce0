namespace Palermo.Web.Forms;

/// <summary>A form as somebody sent it, and what is wrong with it.</summary>
public sealed class Posted
{
    private const int LongestText = 20_000, LongestEmail = 254;
    private readonly IFormCollection? _form;
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>A form that was sent.</summary>
    public Posted(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        _form = form;
        foreach (var (name, values) in form)
        {
            if (values.ToString().Trim().Length > LongestText)
            {
                // What is longer is not taken short: whoever sent it hears of it, and finds it in the form again.
                Wrong(name, "form.too-long");
            }
        }
    }

    /// <summary>A form that nobody filled in yet, with what is known.</summary>
    public Posted(params ReadOnlySpan<(string Name, string Value)> known)
    {
        foreach (var (name, value) in known)
        {
            _texts[name] = value;
        }
    }

    /// <summary>What is wrong: fields, with keys of the words that say so, in the order of the form.</summary>
    public List<(string Field, string Message)> Problems { get; } = [];

    /// <summary>Whether all is right so far.</summary>
    public bool IsRight => Problems.Count == 0;

    /// <summary>Files.</summary>
    public IFormFileCollection? Files => _form?.Files;

    /// <summary>A field without blanks around it; empty if it is not there.</summary>
    public string this[string name] => _texts.TryGetValue(name, out var text) ? text : _form is null ? "" : _form[name].ToString().Trim();

    /// <summary>All values of a field.</summary>
    public IReadOnlyList<string> All(string name) => _form is not null ? [.. _form[name].OfType<string>()] : _texts.TryGetValue(name, out var text) ? text.Split(',', StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>A field that must not be blank.</summary>
    public string Required(string name, int longest = 200)
    {
        var text = this[name];
        if (text.Length == 0)
        {
            Wrong(name, "form.required");
        }
        else if (text.Length > longest)
        {
            Wrong(name, "form.too-long");
        }

        return text;
    }

    /// <summary>An e-mail address.</summary>
    public string Email(string name)
    {
        var email = Required(name, LongestEmail);
        if (email.Length > 0 && (!System.Net.Mail.MailAddress.TryCreate(email, out var address) || address.Address != email))
        {
            Wrong(name, "form.email");
        }

        return email;
    }

    /// <summary>A day; null if the field is blank.</summary>
    public DateOnly? Day(string name)
    {
        if (this[name].Length == 0)
        {
            return null;
        }

        if (DateOnly.TryParseExact(this[name], "yyyy-MM-dd", null, System.Globalization.DateTimeStyles.None, out var day))
        {
            return day;
        }

        Wrong(name, "form.day");
        return null;
    }

    /// <summary>A day that must not be blank; null if it is, or is no day.</summary>
    public DateOnly? RequiredDay(string name)
    {
        if (this[name].Length == 0)
        {
            Wrong(name, "form.required");
        }

        return Day(name);
    }

    /// <summary>Says that something is wrong with a field.</summary>
    public void Wrong(string name, string message) => Problems.Add((name, message));

    /// <summary>What is wrong with a field; null if nothing.</summary>
    public string? ProblemOf(string name) => Problems.FirstOrDefault(p => p.Field == name).Message;
}
