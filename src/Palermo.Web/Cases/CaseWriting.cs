using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Palermo.Knowledge;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Routing;

namespace Palermo.Web.Cases;

/// <summary>A change to a case in the name of the handler who asks: all of it or nothing.</summary>
internal sealed class CaseWriting
{
    private readonly Visit _visit;
    private readonly OpenCase _case;

    private CaseWriting(Visit visit, OpenCase opened, Change change, Case row) => (_visit, _case, Change, Row) = (visit, opened, change, row);

    /// <summary>The change.</summary>
    public Change Change { get; }

    /// <summary>The case, to be changed.</summary>
    public Case Row { get; }

    /// <summary>Makes a change.</summary>
    /// <exception cref="Mitigate.RefusedException">It may not be made as things stand.</exception>
    public static Task Write(Visit v, OpenCase c, Func<CaseWriting, Task> make) =>
        v.Write(async change => await make(new CaseWriting(v, c, change, await change.Db.Cases.SingleAsync(x => x.Id == c.Row.Id, v.Cancel))));

    /// <summary>Adds what happened.</summary>
    /// <param name="kind">What.</param>
    /// <param name="word">Its word.</param>
    /// <param name="person">About whom.</param>
    /// <param name="text">Words, which are sealed; blank for none.</param>
    /// <param name="until">Until when.</param>
    /// <param name="about">What it refers to.</param>
    public Task Happen(string kind, string word = "", Guid? person = null, string text = "", LocalDate? until = null, string about = "") =>
        CaseRows.Add(Change, Row, _visit.Service<Conduct>(), at => new CaseEvent(kind, at, _visit.Who.PersonId, word, person, Until: until, Ref: about), _visit.Who.Name, text.Length > 0 ? Sealed(text) : null, _visit.Cancel);

    /// <summary>Adds a message.</summary>
    /// <param name="from"><c>handler</c> or <c>note</c>.</param>
    /// <param name="text">Words, which are sealed.</param>
    public CaseMessage Say(string from, string text)
    {
        var message = new CaseMessage { Id = Change.NewId(), CaseId = Row.Id, From = from, Box = Sealed(text), ByName = _visit.Who.Name, At = Change.At };
        Change.Db.CaseMessages.Add(message);
        return message;
    }

    /// <summary>Takes the key of the case from a handler.</summary>
    public Task TakeKey(Guid person) => Change.Db.CaseKeyCopies.Where(k => k.CaseId == Row.Id && k.Holder == "handler" && k.HolderId == person).ExecuteDeleteAsync(_visit.Cancel);

    private byte[] Sealed(string text) => SealedBox.Seal(Encoding.UTF8.GetBytes(text), _case.Row.PublicKey);
}
