namespace Palermo.Procurement.EForms;

/// <summary>Something wrong with a notice.</summary>
/// <param name="Line">Line of the XML, from 1; 0 if nothing stands where it should.</param>
/// <param name="What">The business term (BT, OPT or OPP number of the eForms regulation) and what is wrong with it.</param>
/// <param name="Mend">How to mend it.</param>
/// <param name="Fatal">True if the notice can't be told from others without it.</param>
internal readonly record struct NoticeFault(int Line, string What, string Mend, bool Fatal = false);
