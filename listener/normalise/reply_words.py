"""How mail programs mark what is not new: replies, forwards, signatures, disclaimers, in several languages."""

import re

ATTRIBUTION = re.compile(
    r"\s*(?:(?:(?:on|am|el|le|op|il|em|den|w dniu|dne)\b|在).{4,200}"
    r"(?:wrote|schrieb|escribi[óo]|a écrit|ha scritto|schreef|escreveu|skrev|napisał\(?a?\)?|napsal\(?a?\)?|写道"
    r"|写到|寫道).{0,100}"
    r"|.{2,120}(?:<[^<>]{3,80}>|\([^()]{3,80}\))?.{0,3}(?:于|於).{4,60}(?:写道|写到|寫道)|.{2,120}@.{2,80}(?:wrote"
    r"|schrieb|escribió)"
    r")\s*[:：]\s*",
    re.IGNORECASE,
)
"""The line over a quoted reply: `On Monday, Ann wrote:`."""
SEPARATOR = re.compile(
    r"\s*(?:[-_=*]{2,}\s*(?:original(?: message| appointment|-?nachricht)|(?:ursprüngliche"
    r"|weitergeleitete) (?:nachricht|mail)"
    r"|forwarded (?:message|by)|mensaje (?:original|reenviado)|message (?:d'origine|transféré|original)"
    r"|messaggio (?:originale"
    r"|inoltrato)|oorspronkelijk bericht|mensagem (?:original|encaminhada)|原始邮件|原邮件|转发邮件|轉寄郵件"
    r"|原始郵件|回复的原邮件)"
    r".{0,40}|begin forwarded message:|anfang der weitergeleiteten nachricht:|inicio del mensaje reenviado:"
    r"|début du message (?:réexpédié|transféré).?:|开始转发的邮件[:：]?|(?:#+-?\s*)?.{0,20}(?:reply above this line"
    r"|oberhalb dieser"
    r" (?:linie|zeile)|responda? (?:por )?(?:encima|arriba) de esta línea|请在此行(?:之)?上方回复).{0,20})\s*",
    re.IGNORECASE,
)
"""A line that says that another message follows."""
FROM = re.compile(r"\s*\*?(?:from|von|de|da|van|fra|发件人|寄件者|发信人)\*?\s?[:：]\*? ?.{2,160}", re.IGNORECASE)
HEADER = re.compile(
    r"\s*\*?(?:from|sent|date|to|cc|subject|reply-to|von|gesendet|datum|an|betreff|de|enviado(?: el)?|fecha|para"
    r"|asunto|cc|envoyé"
    r"|à|objet|da|inviato|a|oggetto|van|verzonden|aan|onderwerp|data|发件人|发送时间|时间|日期|收件人|抄送|主题"
    r"|寄件者|寄件日期|收件者|主旨)"
    r"\*?\s?[:：]",
    re.IGNORECASE,
)
"""A line of the header block that Outlook and others put over an unmarked quote; FROM alone begins one."""
SIGNATURE = re.compile(
    r"-- ?|[_=]{5,}|-{10,}|(?:sent|get) (?:from|with|via|outlook)\b.{0,60}|(?:von|vom) mein(?:em"
    r"|er) .{2,40}(?:gesendet.{0,40})?"
    r"|gesendet (?:mit|von) .{2,60}|diese nachricht wurde von meinem .{2,60}|enviado (?:desde|con|através de) .{2,60}"
    r"|envoyé (?:de|depuis) .{2,60}|inviato da .{2,60}|verzonden (?:vanaf|met) .{2,60}|发自(?:我的)?.{1,40}"
    r"|从我的.{1,20}发送"
    r"|outlook (?:for|für|para) .{2,40}laden.{0,60}|(?:outlook|obtener|holen sie sich outlook|obtén).{2,60}(?:ios"
    r"|android).{0,60}",
    re.IGNORECASE,
)
"""A whole line behind which only a signature, or a program's advertisement for itself, stands."""
FAREWELL = re.compile(
    r"(?P<thanks>(?:many |with |kind )?thank(?:s| you)(?: again| so much| very much| in advance| and (?:best"
    r"|kind) regards)?|cheers|ta"
    r"|(?:vielen|besten|herzlichen) dank(?: im voraus)?|danke(?:schön)?|(?:muchas |mil )?gracias(?: de antemano)?"
    r"|谢谢|多谢|感谢)"
    r"|(?:(?:with )?(?:kind|best|warm(?:est)?|many|kindest)(?:est)? )?(?:regards|wishes|greetings)|regards,? .{0,20}"
    r"|(?:yours|respectfully)"
    r"(?: (?:sincerely|faithfully|truly))?|sincerely(?: yours)?|all the best|best|love|take care|br|kr"
    r"|(?:mit |viele |liebe |beste |schöne |herzliche |freundliche )(?:freundlichen |besten |lieben "
    r"|herzlichen )?(?:grüße(?:n)?|gruß|gruss"
    r"|grüsse(?:n)?)(?: aus .{2,20})?|mfg|lg|vg|hochachtungsvoll|gruß|(?:un |muchos |reciba un "
    r"|saludos? )?(?:cordial(?:es)? )?"
    r"(?:saludo|saludos|abrazo|abrazos)(?: cordial(?:es)?)?|atentamente|atte\.?|(?:cordialement|bien à vous"
    r"|cordiali saluti"
    r"|distinti saluti|met vriendelijke groet)|此致|敬礼|祝好|顺颂商祺|祝.{1,6}",
    re.IGNORECASE,
)
"""A whole line (its comma apart) that takes leave; behind it a name, a rank, a telephone."""
POSTSCRIPT = re.compile(r"\s*p\.? ?s\.? ?[:.]? ?\w", re.IGNORECASE)
DISCLAIMER = re.compile(
    r"(?:this|the information in this|the contents of this) (?:e-?mail|message|communication"
    r"|transmission).{0,160}(?:confidential"
    r"|intended|privileged)|confidentiality (?:notice|note)|legal disclaimer|if you (?:have received"
    r"|are not the intended)"
    r"|please consider the environment|(?:diese|die in dieser) (?:e-?mail|nachricht).{0,120}(?:vertraulich|geschützt)"
    r"|der inhalt dieser e-?mail|este (?:mensaje|correo|e-?mail).{0,200}(?:confidencial|destinatario|privilegiad)"
    r"|aviso (?:legal|de confidencialidad)|ce (?:message|courriel).{0,160}confidentiel|(?:本|此)(?:邮件"
    r"|电子邮件).{0,80}(?:保密|机密|仅限)",
    re.IGNORECASE,
)
BANNER = re.compile(
    r"\s*(?:\[?(?:caution|warning|external(?: e-?mail| sender)?|achtung|vorsicht|externe? (?:e-?)?mail|extern"
    r"|precaución|correo externo"
    r"|外部邮件|警告)\]?\s*[:：!-]?.{0,40}(?:originat|outside|extern|do not click|außerhalb|nicht klicken|fuera de"
    r"|外部).{0,300}"
    r"|\[?external(?: e-?mail| sender)?\]?)\s*",
    re.IGNORECASE,
)
"""What a mail gateway writes over mail from outside."""
