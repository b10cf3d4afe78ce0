using Palermo.Storage.Model;
using Palermo.Web.Pages;

namespace Palermo.Web.Administration;

/// <summary>Roles to choose from.</summary>
internal static class Roles
{
    public static IEnumerable<(string Value, string Text)> Options(PageContext c) => Enum.GetNames<Role>().Select(r => (r, c["role." + r]));
}
